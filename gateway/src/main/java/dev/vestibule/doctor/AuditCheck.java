package dev.vestibule.doctor;

import dev.vestibule.audit.AuditSweep;
import dev.vestibule.config.AuditConfig;
import dev.vestibule.doctor.Finding.Fine;

import java.util.List;

/// Not a check: how long is remembered what happened, for whoever expects more or less.
record AuditCheck(AuditConfig config) implements Check {

    @Override
    public List<Finding> look() {
        return List.of(
                new Fine(
                        "audit log",
                        "is kept "
                                + (config.isForever() ? "for ever" : "for " + config.words())
                                + ", of refused attempts the newest "
                                + AuditSweep.EXCESS_MAX));
    }
}
