/// The profile under `/auth/vestibule/profile`: what everybody sees of themselves at a home, and
/// what they end of their own.
///
/// Entry: [ProfileRoom] puts it together. Every page is one [ProfilePage] at one [ProfilePlace];
/// read [ProfileDoor] first, which says who comes in. Whoever does sees what is theirs at this home
/// and nothing else: no page takes a person's id.
@NullMarked
package dev.vestibule.profile;

import org.jspecify.annotations.NullMarked;
