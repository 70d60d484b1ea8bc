package dev.vestibule.testhouse.home;

/// What every connection needs: the door, the commands, and who writes down what came.
record Server(
        House house,
        Loop loop,
        Door door,
        Commands commands,
        Sockets sockets,
        Bans bans,
        Faults faults,
        Record record) {}
