// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where `WINNOW_STRICT` is set, as in CI: a user's newer compiler may know new ones.
let strict: [SwiftSetting] =
  Context.environment["WINNOW_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] = [.strictMemorySafety()] + strict

/// A room of the package: a library target, and the rooms that it may look into.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a room, with the reference results beside them.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"],
    resources: fixtures ? [.copy("Fixtures")] : [], swiftSettings: strict)
}

let package = Package(
  name: "Winnow",
  products: [
    .executable(name: "winnow", targets: ["winnow"]),
    .library(
      name: "Winnow",
      targets: [
        "Tables", "DataSources", "FeatureEncoding", "Regression", "Evaluation", "LeadScoring",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CKernels"),

    room("Parallelism"),
    room("StrictJSON"),
    room("Tables"),
    room(
      "DataSources", ["Tables", "CKernels", "CZlib", "CCrypto", "Parallelism", "StrictJSON"]),
    room("LinearAlgebra", ["COpenBLAS", "CKernels", "Parallelism"]),
    room("FeatureEncoding", ["Tables", "LinearAlgebra", "CKernels", "Parallelism"]),
    room("Regression", ["LinearAlgebra", "CKernels", "Parallelism"]),
    room("Evaluation", ["CKernels", "Parallelism"]),
    room("Simulation", ["Tables"]),
    room(
      "LeadScoring",
      [
        "Tables", "DataSources", "FeatureEncoding", "LinearAlgebra", "Regression", "Evaluation",
        "StrictJSON", "Parallelism", "CKernels",
      ]),
    room("Reports", ["Tables", "LeadScoring", "Evaluation", "StrictJSON"]),
    .executableTarget(
      name: "winnow",
      dependencies: [
        "Tables", "DataSources", "FeatureEncoding", "LinearAlgebra", "Regression", "Evaluation",
        "Simulation", "LeadScoring", "Reports", "Parallelism", "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "DataSources", "Evaluation", "LeadScoring", "LinearAlgebra", "Parallelism", "Regression",
        "Simulation", "Tables",
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("Parallelism", ["Parallelism"]),
    tests("StrictJSON", ["StrictJSON"]),
    tests("Tables", ["Tables"]),
    tests("DataSources", ["DataSources", "Tables", "StrictJSON"], fixtures: true),
    tests("LinearAlgebra", ["LinearAlgebra", "Parallelism"]),
    tests("FeatureEncoding", ["FeatureEncoding", "Tables", "LinearAlgebra", "CKernels"]),
    tests(
      "Regression", ["Regression", "LinearAlgebra", "Parallelism", "Evaluation"], fixtures: true),
    tests("Evaluation", ["Evaluation", "Parallelism"], fixtures: true),
    tests("Simulation", ["Simulation", "Tables"]),
    tests(
      "LeadScoring", ["LeadScoring", "Tables", "DataSources", "Simulation", "CKernels"],
      fixtures: true),
    tests(
      "Reports",
      [
        "Reports", "LeadScoring", "Evaluation", "DataSources", "FeatureEncoding", "Simulation",
        "Tables",
      ]),
    tests("Command", ["winnow"]),
  ],
  swiftLanguageModes: [.v6])
