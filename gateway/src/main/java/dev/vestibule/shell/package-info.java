/// The shell cache: the front end's own files, answered to everybody from the gateway's own copy,
/// so that no byte of an anonymous request reaches Home Assistant (`shell: cached`).
///
/// Entry: [ShellCache], one per home. A request walks `ShellTarget` (which document is meant) →
/// `ShellStore` (the copy on disk) → `NamedPaths` (may a miss be fetched at all?) → `Fetches` (one
/// question per document at a time) → [ShellSource] (the wire) → `ShellAnswers`.
///
/// **Which misses are fetched.** The index document, the manifest, the service workers and
/// `robots.txt` have fixed paths. A file below `/static`, `/frontend_latest` or `/frontend_es5` is
/// asked for only when documents that are cached already name it, by one of three ways:
///
/// 1. its whole path stands in a document;
/// 2. its file name stands in a document, and its directory too;
/// 3. its file name is built as the front end's loader builds it: a fingerprint that is a property
///    value in a document (`{1e3:"185bb2db5b9597eb"}`), alone or behind a word that stands shortly
///    before it (`1000.185bb2db5b9597eb.js`, `zh-Hans-0f3a….json`), in a directory that a document
///    names, or one below it whose name stands there in quotes.
///
/// Everything else is 404 from here, and Home Assistant hears nothing. What is asked is therefore
/// chosen among Home Assistant's own words; the query, the headers, the method and the spelling of
/// a request never travel. A question is made of the canonical path, one of three encodings, and
/// the entity tag that Home Assistant gave.
///
/// Knows nothing of people: who may come in is decided before.
@NullMarked
package dev.vestibule.shell;

import org.jspecify.annotations.NullMarked;
