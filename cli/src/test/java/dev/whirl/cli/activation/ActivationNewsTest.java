package dev.whirl.cli.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.activation.ActivationNews.Question;
import dev.whirl.client.ActivationDocument;
import dev.whirl.model.json.JsonWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L-10")
final class ActivationNewsTest {
    @Test
    void nowAndThenAQuestionReachesBackAsFarAsAnActionMayTake() {
        var news = new ActivationNews(1_000_000, 5);

        news.take(List.of(record("late", 5_000_000)));
        List<Question> questions = Stream.generate(news::next).limit(5).toList();

        assertThat(questions.subList(0, 4)).containsOnly(new Question(4_940_000, 1));
        assertThat(questions.getLast()).isEqualTo(new Question(4_400_000, 20));
        assertThat(news.take(List.of(record("late", 5_000_000), record("long", 4_500_000))))
                .extracting(ActivationDocument::id)
                .containsExactly("long");
    }

    @Test
    void nothingReachesBackBehindTheBeginning() {
        var news = new ActivationNews(1_000_000, 1);

        news.take(List.of(record("first", 1_000_001)));

        assertThat(news.next().sinceMillis()).isEqualTo(1_000_000);
    }

    private static ActivationDocument record(String id, long startMillis) {
        return ActivationDocument.read(new JsonWriter()
                .startObject()
                .field("activationId", id)
                .field("start", startMillis)
                .endObject()
                .toRawJson());
    }
}
