package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Foresight;
import dev.vestibule.admission.RoleReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.RoleVerdict;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;

import java.util.ArrayList;
import java.util.List;

/// How a page says whether somebody would come in at a home, and why.
final class ForesightWords {

    private ForesightWords() {}

    static List<Cell> row(HomeId home, Foresight foresight) {
        return List.of(Cell.words(Text.verbatim(home.value())), role(foresight), why(foresight));
    }

    private static Cell role(Foresight foresight) {
        return switch (foresight) {
            case Foresight.Welcome(var why) ->
                    new Cell.Badge(RoleWords.of(why.role().orElseThrow()), Tone.GOOD);
            case Foresight.NoRole _,
                    Foresight.Suspended _,
                    Foresight.NotSent _,
                    Foresight.SwitchedOff _ ->
                    new Cell.Badge(text("console.groups.refused"), Tone.WARNING);
        };
    }

    private static Cell why(Foresight foresight) {
        return switch (foresight) {
            case Foresight.Welcome(var why) -> why(why);
            case Foresight.NoRole(var why) -> why(why);
            case Foresight.Suspended() -> Cell.words(text("console.groups.why.suspended"));
            case Foresight.NotSent() -> Cell.words(text("console.groups.why.not-sent"));
            case Foresight.SwitchedOff _ -> Cell.words(text("console.groups.why.switched-off"));
        };
    }

    private static Cell why(RoleReason reason) {
        return switch (reason) {
            case RoleReason.Kept _ -> Cell.words(text("console.groups.why.kept"));
            case RoleReason.ByGroups(var areSent, var verdict) -> {
                List<Cell> cells = new ArrayList<>();
                if (areSent) {
                    cells.add(Cell.words(text("console.groups.why.sent")));
                }
                cells.addAll(why(verdict));
                yield new Cell.Several(cells);
            }
        };
    }

    private static List<Cell> why(RoleVerdict verdict) {
        return switch (verdict) {
            case RoleVerdict.ByGroups(var role, var groups) ->
                    List.of(
                            Cell.words(text("console.groups.why.line", RoleWords.line(role))),
                            TokenTrialParts.groups(groups));
            case RoleVerdict.Otherwise _ ->
                    List.of(Cell.words(text("console.groups.why.otherwise")));
            case RoleVerdict.Refused() -> List.of(Cell.words(text("console.groups.why.refused")));
        };
    }
}
