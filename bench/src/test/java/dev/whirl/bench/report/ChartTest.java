package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    @Test
    void eachPlatformHasALineForEachPercentileThatRisesWithLatency() throws Exception {
        String svg = Chart.of(
                List.of(part("whirl", row(1000, 1000, 0.5), row(2000, 2000, 5)), part("a<b&c", row(1000, 1000, 50))));

        Document document = parsed(svg);

        NodeList lines = document.getElementsByTagName("polyline");
        assertThat(lines.getLength()).isEqualTo(4);
        List<double[]> points = points((Element) lines.item(1));
        assertThat(points).hasSize(2);
        assertThat(points.get(1)[0]).as("further right").isGreaterThan(points.get(0)[0]);
        assertThat(points.get(1)[1]).as("higher up").isLessThan(points.get(0)[1]);
        assertThat(document.getDocumentElement().getTextContent()).contains("whirl p50", "a<b&c p99", "calls a second");
    }

    @Test
    void everyPointLiesInsideThePicture() throws Exception {
        String svg = Chart.of(List.of(part("whirl", row(250, 250, 0.02), row(8000, 7900, 9000))));

        for (double[] point :
                points((Element) parsed(svg).getElementsByTagName("polyline").item(0))) {
            assertThat(point[0]).isBetween(0.0, 760.0);
            assertThat(point[1]).isBetween(0.0, 440.0);
        }
    }

    @Test
    void ratesThatWereNotKeptUpAreLeftOut() throws Exception {
        String svg = Chart.of(List.of(part("whirl", row(1000, 1000, 0.5), row(8000, 4000, 900))));

        assertThat(points((Element) parsed(svg).getElementsByTagName("polyline").item(0)))
                .hasSize(1);
        assertThatThrownBy(() -> Chart.of(List.of(part("whirl", row(8000, 100, 900)))))
                .hasMessageContaining("nothing to draw");
    }

    private static Document parsed(String svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<double[]> points(Element line) {
        return List.of(line.getAttribute("points").split(" ")).stream()
                .map(point -> List.of(point.split(",")).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static PartReport part(String platform, Measurement... rows) {
        return new PartReport("load", platform, List.of(new Round(List.of(rows), List.of())));
    }

    private static Measurement row(int offered, double answered, double millis) {
        var latencies = new Latencies(millis, millis, millis, millis, millis);
        return new Measurement("echo", "64 @ " + offered + "/s", 100, answered, latencies, Map.of(), "", 12, null);
    }
}
