"""The scenes: one file, one picture. Each has `paint() -> Raster` and fixed seeds."""
