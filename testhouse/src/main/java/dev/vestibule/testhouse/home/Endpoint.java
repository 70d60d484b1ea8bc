package dev.vestibule.testhouse.home;

/// One method of one path.
///
/// @param pattern segments, of which `{name}` matches one and `{name...}` the rest
record Endpoint(String method, String pattern, Access access, Cors cors, Action action) {

    enum Access {
        ANYBODY,
        /// Needs a bearer or a signature.
        TOKEN
    }

    enum Cors {
        /// Only for the Cast receiver.
        CONFIGURED,
        /// Preflight requests find nothing at all.
        METHODLESS,
        /// For pages of any origin.
        ALL
    }

    /// What is done.
    sealed interface Action {

        /// The body is read first.
        @FunctionalInterface
        non-sealed interface Whole extends Action {
            Answer answer(HomeRequest request);
        }

        /// The body is taken in pieces of any number and size.
        @FunctionalInterface
        non-sealed interface Intake extends Action {
            Upload begin(HomeRequest request);
        }
    }

    /// A body that arrives bit by bit.
    interface Upload {
        void piece(byte[] bytes);

        Answer end();
    }
}
