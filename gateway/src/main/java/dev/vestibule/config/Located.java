package dev.vestibule.config;

/// A value and where it stands, for checks that compare one place with another.
record Located<T>(T value, int line, String path) {}
