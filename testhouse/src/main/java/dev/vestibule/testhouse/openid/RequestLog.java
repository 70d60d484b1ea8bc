package dev.vestibule.testhouse.openid;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The latest requests, in order of arrival. Safe to share between threads.
final class RequestLog {

    private static final int REQUESTS_MAX = 20_000;

    private final Deque<ProviderRequest> requests = new ArrayDeque<>();

    synchronized void add(ProviderRequest request) {
        if (requests.size() >= REQUESTS_MAX) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<ProviderRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
