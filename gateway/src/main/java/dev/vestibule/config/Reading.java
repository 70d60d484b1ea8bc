package dev.vestibule.config;

import java.nio.file.Path;
import java.util.Map;

/// What every part of one reading shares.
///
/// @param directory where relative paths begin: that of the configuration file
record Reading(Path directory, Map<String, String> environment, Findings findings) {}
