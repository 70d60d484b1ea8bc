package dev.vestibule.network;

/// How a proxy names the certificate that it verified. A proxy replaces the headers of its own form
/// only; those of the other one pass through it as the client wrote them. So nobody is believed in
/// both.
public enum CertificateForm {
    /// One line of `X-Forwarded-Client-Cert`, as Envoy writes it, or HAProxy as `docs/tls.md` has
    /// it.
    XFCC,
    /// `X-SSL-Client-Verify` and the whole certificate in `X-SSL-Client-Cert`.
    NGINX
}
