package io.github.unrolled.app.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    private static Table table() {
        return new Table("model", "set5-x2", "parameters")
                .row("ours", 37.0, 262144)
                .row("a|b, \"c\"", 33.656789, "")
                .row("naïve", 0.12345678, 7L);
    }

    @Test
    void textIsAlignedWithNumbersToTheRight() {
        assertThat(table().text()).isEqualTo("""
            model     set5-x2  parameters
            --------  -------  ----------
            ours        37.00      262144
            a|b, "c"    33.66
            naïve      0.1235           7
            """);
    }

    @Test
    void markdownEscapesBars() {
        assertThat(table().markdown()).isEqualTo("""
            | model | set5-x2 | parameters |
            | --- | ---: | ---: |
            | ours | 37.00 | 262144 |
            | a\\|b, "c" | 33.66 |  |
            | naïve | 0.1235 | 7 |
            """);
    }

    @Test
    void csvQuotesAndKeepsNumbersInFull() {
        assertThat(table().csv()).isEqualTo("""
            model,set5-x2,parameters
            ours,37.0,262144
            "a|b, ""c""\",33.656789,
            naïve,0.12345678,7
            """);
    }

    @Test
    void numbersKeepTheDigitsThatMatter() {
        String text = new Table("x")
                .row(0.0)
                .row(1.4697)
                .row(-12.345)
                .row(1234.56)
                .row(65536.0)
                .row(3.2e-7)
                .row(Double.NaN)
                .text();
        assertThat(text.lines().map(String::strip))
                .containsExactly("x", "----------", "0", "1.4697", "-12.35", "1234.6", "65536", "3.2000e-07", "NaN");
    }

    @Test
    void aRowOfAnotherLengthIsRejected() {
        assertThatThrownBy(() -> new Table("a", "b").row("only"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells, expected 2");
    }

    @Test
    void aResultsTableHasAColumnForEachFurtherField() {
        Result result = Result.of(ResultRow.of("a", "psnr", 30, "dB").with("model", "ours"))
                .with(ResultRow.of("b", "psnr", 31, "dB").with("seeds", 3));
        assertThat(result.table().csv())
                .isEqualTo("name,metric,value,unit,model,seeds\na,psnr,30.0,dB,ours,\nb,psnr,31.0,dB,,3\n");
    }

    @Test
    void aFieldOfEveryRowAndAnUnwritableOneAreRejected() {
        ResultRow row = ResultRow.of("a", "m", 1, "");
        assertThatThrownBy(() -> row.with("value", 3)).hasMessageContaining("\"value\" is a field of every row");
        assertThatThrownBy(() -> row.with("list", new int[2])).hasMessageContaining("expected text, a number");
    }
}
