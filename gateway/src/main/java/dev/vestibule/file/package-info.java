/// Files that hold what others must not read: keys, tokens, new logins.
///
/// Entry: [OwnersFile] for one file; [Draft] where several must be written before the first of them
/// gets into its place. What goes wrong is a [FileNotWritten].
///
/// It knows nothing of what stands in them. Reading them is their rooms' own.
@NullMarked
package dev.vestibule.file;

import org.jspecify.annotations.NullMarked;
