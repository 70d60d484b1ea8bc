/// SCIM resources as JSON documents (RFC 7643, RFC 7644): how they are read, searched, patched and
/// shown in part. Pure: no rows, no clock, no HTTP. Documents stay as they were sent, attributes
/// that nobody knows included, because clients compare what they get with what they sent.
///
/// Entry: [Documents], [Filter], [Patch], [Selection], [Discovery]. Whatever is refused is a
/// [ScimError]; every limit stands in [ScimLimits]. Paths, filters and operations share one reader
/// of the grammar, `FilterParser`, and one knowledge of attributes, `Schemas`.
@NullMarked
package dev.vestibule.resource;

import org.jspecify.annotations.NullMarked;
