package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import java.util.ArrayList;
import java.util.List;

/// By what a browser that answers may be known: a question may have been put to its session, or to
/// the browser before it had one.
final class Holders {

    private Holders() {}

    static List<Holder> of(Visitor visitor, Insiders insiders) {
        List<Holder> holders = new ArrayList<>();
        insiders.find(visitor)
                .ifPresent(insider -> holders.add(new Holder.OfSession(insider.session())));
        Browser.find(visitor).ifPresent(browser -> holders.add(new Holder.OfBrowser(browser)));
        return holders;
    }
}
