package dev.vestibule.account;

/// Who somebody is: a subject identifier, unique at its issuer only (OpenID Connect Core section
/// 2).
public record Subject(Issuer issuer, String value) {}
