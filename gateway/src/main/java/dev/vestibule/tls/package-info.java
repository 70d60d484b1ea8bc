/// The gateway's own end of TLS: the certificate that it shows, read again when its file changes,
/// and the certificates that devices show.
///
/// Entry: [ServerTls], which gives each new connection its engine. The `gate` puts engines into
/// pipelines and counts what unfinished handshakes cost; this room knows no connection.
@NullMarked
package dev.vestibule.tls;

import org.jspecify.annotations.NullMarked;
