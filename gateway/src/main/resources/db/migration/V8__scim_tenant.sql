-- An identity system that may send people over SCIM.
CREATE TABLE scim_tenant (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL UNIQUE,
    -- Whose people it sends, by the configuration's id of the provider; nothing where it has none.
    provider_id TEXT,
    -- Where its requests may come from, with commas between; empty for anywhere.
    networks    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);

-- What a client shows with every request. There are two of them while an operator changes one for the other.
CREATE TABLE scim_token (
    token_hash        TEXT    NOT NULL PRIMARY KEY,
    tenant_id         TEXT    NOT NULL,
    -- Counts the tokens of the client, from 1.
    number            INTEGER NOT NULL,
    created_at        BIGINT  NOT NULL,
    last_used_at      BIGINT,
    last_used_address TEXT    NOT NULL,
    UNIQUE (tenant_id, number),
    CONSTRAINT scim_token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES scim_tenant (id)
);
