package dev.whirl.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 1);
    private static final List<Request> ALL = IntStream.range(0, 10)
            .mapToObj(number -> Request.get(ENDPOINT, "/" + number))
            .toList();

    @Test
    void aShuffledRoundLeavesNoneOutAndConnectionsHaveOrdersOfTheirOwn() {
        Requests.Source source = Requests.shuffled(ALL, 7);
        List<Request> first = take(source.of(0), 10);
        List<Request> second = take(source.of(1), 10);

        assertThat(first).containsExactlyInAnyOrderElementsOf(ALL).isNotEqualTo(second);
        assertThat(second).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void connectionsThatShareNeverSendTheSameRequest() {
        Requests.Source source = Requests.shared(ALL, 3);
        List<List<Request>> shares = Stream.of(0, 1, 2)
                .map(connection ->
                        take(source.of(connection), 8).stream().distinct().toList())
                .toList();

        assertThat(shares.stream().flatMap(List::stream).toList()).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void whatIsSentOnceIsTakenByOneConnectionOnly() {
        Requests.Source source = Requests.once(ALL::get);
        Requests one = source.of(0);
        Requests other = source.of(1);

        assertThat(new HashSet<>(List.of(one.next(), other.next(), one.next()))).hasSize(3);
    }

    private static List<Request> take(Requests requests, int count) {
        List<Request> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(requests.next());
        }
        return taken;
    }
}
