# Writes second_witness.json: R's glm on the table that make_references.py made. Run it in this folder.
d <- read.csv("second_witness.csv", stringsAsFactors = TRUE)
tight <- glm.control(epsilon = 1e-15, maxit = 100)
show <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
describe <- function(fit) {
  s <- summary(fit)$coefficients
  paste0("{\"estimates\": ", show(s[, 1]), ", \"standardErrors\": ", show(s[, 2]),
         ", \"z\": ", show(s[, 3]), ", \"p\": ", show(s[, 4]),
         ", \"covariance\": ", show(as.vector(vcov(fit))),
         ", \"logLikelihood\": ", sprintf("%.17g", as.numeric(logLik(fit))),
         ", \"nullDeviance\": ", sprintf("%.17g", fit$null.deviance),
         ", \"residualDeviance\": ", sprintf("%.17g", deviance(fit)),
         ", \"aic\": ", sprintf("%.17g", AIC(fit)), "}")
}
single <- glm(converted ~ score + age + region, binomial, d, control = tight)
weighted <- glm(converted ~ score + age, binomial, d, weights = trials, control = tight)
grouped <- glm(cbind(rate, trials - rate) ~ score + age + region, binomial, d, control = tight)
writeLines(c(
  paste0("{\"source\": \"second_witness.R, ", R.version.string, "\","),
  paste0("\"single\": ", describe(single), ","),
  paste0("\"weighted\": ", describe(weighted), ","),
  paste0("\"grouped\": ", describe(grouped), "}")), "second_witness.json")
