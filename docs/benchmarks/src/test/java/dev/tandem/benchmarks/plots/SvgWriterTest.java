package dev.tandem.benchmarks.plots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgWriterTest {
  private static final Curve OURS =
      new Curve("ours", true, List.of(new Point(1, 10, 5, 20), new Point(100, 1_000, 900, 1_100)));
  private static final Curve MISSING = new Curve("peer", false, List.of());

  @Test
  void isWellFormedAndAlwaysTheSame() throws Exception {
    String svg = SvgWriter.svg(plot(OURS, MISSING));

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    assertThat(SvgWriter.svg(plot(OURS, MISSING))).isEqualTo(svg);
  }

  @Test
  void saysWhatDidNotRun() {
    assertThat(SvgWriter.svg(plot(OURS, MISSING))).contains("peer (did not run)");
    assertThat(SvgWriter.svg(plot(MISSING))).contains("peer (did not run)");
  }

  @Test
  void hasColoursForDarkPages() {
    assertThat(SvgWriter.svg(plot(OURS))).contains("prefers-color-scheme: dark");
  }

  @Test
  void anAxisBeginsAndEndsAtRoundValuesAndHasRoomForAll() {
    LogScale scale = LogScale.around(new double[] {0.3, 40});

    assertThat(scale).isEqualTo(new LogScale(0.2, 50));
    assertThat(scale.position(0.2)).isZero();
    assertThat(scale.position(50)).isEqualTo(1);
    assertThat(scale.ticks()).extracting(Tick::text).containsExactly("1", "10");
    assertThat(new LogScale(0.05, 2).ticks())
        .extracting(Tick::text)
        .containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2");
    assertThat(new LogScale(2e6, 5e7).ticks())
        .extracting(Tick::text)
        .containsExactly("2M", "5M", "10M", "20M", "50M");
  }

  private static Plot plot(Curve... curves) {
    var ticks = List.of(new Tick(1, "one"), new Tick(100, "hundred"));
    return new Plot(
        "name",
        "title",
        List.of(
            new Panel("panel", "x", ticks, "y", List.of(new Tick(8, "level")), List.of(curves))));
  }
}
