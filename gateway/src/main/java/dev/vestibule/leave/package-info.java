/// How the operator takes the gateway away from a home, so that Home Assistant is as if it had
/// never been, and everybody can still get in who may.
///
/// Entry: [HouseLeaving]: `plan` says what would be done, `leave` does it, and does the rest when
/// it is called again. Its path: [Objections] says what speaks against it, [Marks] notes how far it
/// has come, [Endings] ends what browsers and programs hold, [Parting] parts from one user after
/// the other. [Fates] holds the one rule of what becomes of whom; [LoginGiver] gives logins, which
/// [NewLogins] keeps until Home Assistant has them and the operator's file ([LoginFile]) too.
///
/// Not to be mixed up with people who leave: that is `revocation`.
@NullMarked
package dev.vestibule.leave;

import org.jspecify.annotations.NullMarked;
