package dev.slipway.cli.resource;

/** How objects are printed. */
enum OutputFormat {
    TABLE,
    JSON,
    YAML
}
