package dev.vestibule.log;

/// One part of what a line says.
///
/// @param name small letters, digits and dashes, as the pattern has it
/// @param value a text, a number, a truth value, or a JSON object or array
/// @param isQuoted whether the pattern puts it in quotes, whatever it is
record Field(String name, Object value, boolean isQuoted) {}
