# Makes plain.csv, made-up leads, and plain.json, what R's glm finds in them: Rscript plain.R
set.seed(20261123)
n <- 240
leads <- data.frame(
  won = 0,
  size = round(rlnorm(n, 3, 1), 2),
  visits = rpois(n, 4),
  # Sorted by bytes: capitals before small letters.
  source = sample(c("Web", "web", "Fair", "cold call", "Partner"), n, TRUE, c(5, 2, 3, 2, 4)),
  member = sample(c("TRUE", "FALSE"), n, TRUE),
  answered = sample(c("yes", "no"), n, TRUE, c(2, 3)),
  copies = sample(0:4, n, TRUE))
effect <- c(Web = 0, web = 0.4, Fair = 0.8, `cold call` = -0.9, Partner = 0.5)
eta <- -1.2 + 0.02 * leads$size + 0.15 * leads$visits + effect[leads$source] +
  0.6 * (leads$member == "TRUE") - 0.5 * (leads$answered == "yes")
leads$won <- rbinom(n, 1, plogis(eta))
gaps <- function(x, share) { x[sample(n, round(share * n))] <- NA; x }
leads$gappy <- gaps(round(rnorm(n, 100, 30), 1), 0.1)
leads$label <- gaps(sample(c("low", "mid", "high"), n, TRUE), 0.08)
write.csv(leads, "plain.csv", row.names = FALSE, quote = FALSE, na = "")

number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(x, collapse = ", "), "]")
texts <- function(x) list_of(paste0("\"", x, "\""))
bytes_factor <- function(x) factor(x, levels = sort(unique(x[!is.na(x)]), method = "radix"))
coded <- within(leads, {
  source <- bytes_factor(source)
  label <- bytes_factor(label)
  answered <- bytes_factor(answered)
  member <- as.logical(member)
})
case <- function(name, columns, weight = NULL) {
  used <- coded
  used$w <- if (is.null(weight)) 1 else used[[weight]]
  # A row of weight 0 is no row.
  used <- used[used$w > 0, ]
  formula <- reformulate(columns, "won")
  fit <- glm(formula, binomial, used, weights = used$w, control = list(epsilon = 1e-15, maxit = 100))
  # The deviance stands still when coefficients still move by 1e-8; errors are a step older yet.
  for (again in 1:5) {
    fit <- glm(formula, binomial, used, weights = used$w, start = coef(fit), control = list(epsilon = 1e-15))
  }
  found <- summary(fit)$coefficients
  names <- rownames(found)
  names[1] <- "(intercept)"
  for (column in columns) names <- sub(paste0("^", column, "(?=.)"), paste0(column, "="), names, perl = TRUE)
  half <- qnorm(0.975) * found[, 2]
  paste0(
    "  \"", name, "\": {\n    \"exclude\": ",
    texts(setdiff(names(leads), c("won", columns, weight))),
    if (is.null(weight)) "" else paste0(",\n    \"weight\": \"", weight, "\""),
    ",\n    \"names\": ", texts(names), ",\n    \"estimate\": ", list_of(number(found[, 1])),
    ",\n    \"standardError\": ", list_of(number(found[, 2])), ",\n    \"z\": ", list_of(number(found[, 3])),
    ",\n    \"p\": ", list_of(number(found[, 4])), ",\n    \"low\": ", list_of(number(found[, 1] - half)),
    ",\n    \"high\": ", list_of(number(found[, 1] + half)),
    ",\n    \"logLikelihood\": ", number(as.numeric(logLik(fit))),
    ",\n    \"nullDeviance\": ", number(fit$null.deviance),
    ",\n    \"residualDeviance\": ", number(fit$deviance), ",\n    \"aic\": ", number(fit$aic),
    ",\n    \"rows\": ", length(fit$y), ",\n    \"rowsDropped\": ", length(fit$na.action), "\n  }")
}
cases <- c(
  case("numbers", c("size", "visits")),
  case("a factor", c("visits", "source")),
  case("logical and yes/no columns", c("member", "answered", "size")),
  case("missing values", c("gappy", "label", "visits")),
  case("weights", c("size", "source", "member"), "copies"),
  case("weights and missing values", c("gappy", "label"), "copies"),
  case("everything", c("size", "visits", "source", "member", "answered", "gappy", "label")))
writeLines(c(
  "{", paste0("  \"source\": \"plain.R by ", R.version.string, ", glm to epsilon 1e-15, five times over\","),
  paste(cases, collapse = ",\n"), "}"), "plain.json")
