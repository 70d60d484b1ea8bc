package dev.vestibule.config;

/// How the text of one kind of value is read.
interface Format<T> {
    Parsed<T> parse(String text);
}
