-- What identity systems sent: users and groups, each seen by its tenant alone.
CREATE TABLE scim_resource (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('user', 'group')),
    external_id TEXT,
    -- The userName of a user, the displayName of a group: as it was sent, and without case.
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    -- JSON, as it was sent, without what is kept in columns of its own: id, meta, and the groups of a user.
    document    TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    account_id  TEXT   UNIQUE,
    created_at  BIGINT NOT NULL,
    -- The last change that its identity system made; changes of our own leave it alone.
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, kind, name_key),
    UNIQUE (tenant_id, kind, external_id),
    CONSTRAINT scim_resource_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES scim_tenant (id),
    CONSTRAINT scim_resource_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX scim_resource_created_at_idx ON scim_resource (tenant_id, kind, created_at, id);

-- Who is directly in which group: the index of what the documents of groups say, kept in the same transactions.
CREATE TABLE scim_member (
    tenant_id TEXT NOT NULL,
    group_id  TEXT NOT NULL,
    -- A user or a group.
    member_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, group_id, member_id),
    CONSTRAINT scim_member_group_id_fkey FOREIGN KEY (tenant_id, group_id) REFERENCES scim_resource (tenant_id, id),
    CONSTRAINT scim_member_member_id_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES scim_resource (tenant_id, id)
);
CREATE INDEX scim_member_member_id_idx ON scim_member (tenant_id, member_id, group_id);
