/// How lines of the log look, and which request each belongs to. Rooms write by SLF4J, with
/// patterns such as `event=refused reason={} detail="{}"`; this room reads what such a pattern says
/// and writes it as a line of text, or as a line of JSON, that nothing in a value breaks out of.
///
/// Entry: [LineEncoder], which `logback.xml` names; [LogSettings], which the configuration reaches;
/// [RequestScope], by which whoever works on a request says so, on whatever thread.
@NullMarked
package dev.vestibule.log;

import org.jspecify.annotations.NullMarked;
