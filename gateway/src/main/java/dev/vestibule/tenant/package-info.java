/// The identity systems that may send people over SCIM ("SCIM clients"): their names, tokens and
/// networks.
///
/// Entry: [Tenants]. Each client is a tenant: it sees what it made or was given, and nothing else.
/// What clients send is not known here.
@NullMarked
package dev.vestibule.tenant;

import org.jspecify.annotations.NullMarked;
