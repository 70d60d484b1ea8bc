package dev.vestibule.config;

import dev.vestibule.network.CertificateForm;

import java.net.InetAddress;

/// A proxy that ends TLS, verifies the certificates of devices, and names them in headers. It is
/// believed in the one form that is written here: what it sends in the other one was written by its
/// client, and makes both worth nothing. See [tls.md](tls.md).
///
/// @param address where it connects from, by itself and no block. It is the other end of the
///   connection that counts, never a forwarded address. Required. Example: `172.18.0.2`
/// @param form which headers it writes: `xfcc` is `X-Forwarded-Client-Cert` (Envoy, HAProxy),
///   `nginx` is `X-SSL-Client-Verify` with `X-SSL-Client-Cert`. Required. Example: `nginx`
public record ClientCertificateProxyConfig(InetAddress address, CertificateForm form) {}
