package dev.vestibule.cli;

import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.cli.ControlCommands.GrantLine;
import dev.vestibule.cli.DeprovisioningControl.HoldLine;
import dev.vestibule.cli.KioskControl.KioskKeyLine;
import dev.vestibule.cli.ScimClientControl.ScimTokenLine;
import dev.vestibule.explain.Explanation;
import dev.vestibule.secret.Secret;

import java.util.List;

/// What a running gateway answers, as it travels over the control socket.
sealed interface ControlAnswer {

    record Accounts(List<AccountLine> lines) implements ControlAnswer {
        public Accounts {
            lines = List.copyOf(lines);
        }
    }

    record Grants(List<GrantLine> lines) implements ControlAnswer {
        public Grants {
            lines = List.copyOf(lines);
        }
    }

    record ScimClients(List<ScimTokenLine> lines) implements ControlAnswer {
        public ScimClients {
            lines = List.copyOf(lines);
        }
    }

    record KioskKeys(List<KioskKeyLine> lines) implements ControlAnswer {
        public KioskKeys {
            lines = List.copyOf(lines);
        }
    }

    record Holds(List<HoldLine> lines) implements ControlAnswer {
        public Holds {
            lines = List.copyOf(lines);
        }
    }

    record Audit(AuditControl.AuditPage page) implements ControlAnswer {}

    record Explained(Explanation explanation) implements ControlAnswer {}

    record Leaving(LeaveControl.LeaveReport report) implements ControlAnswer {}

    record NewToken(Secret token, String sentence) implements ControlAnswer {}

    record Done(String sentence) implements ControlAnswer {}

    record Refused(String sentence) implements ControlAnswer {}
}
