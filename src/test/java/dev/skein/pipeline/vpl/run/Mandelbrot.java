package dev.skein.pipeline.vpl.run;

/** The program of the demo and the sums computed for it independently. */
final class Mandelbrot {
    static final int[][] ITERATIONS = {
        {106_637, 179_565, 776_801, 142_076},
        {472_251, 6_243_007, 13_813_823, 1_947_037},
        {535_637, 6_306_013, 13_858_054, 1_947_916},
        {106_977, 180_059, 796_070, 142_356}
    };
    static final int[][] NOT_DIVERGED = {
        {0, 0, 1_780, 0}, {695, 22_392, 53_077, 6_314}, {945, 22_642, 53_258, 6_315}, {0, 0, 1_849, 0}
    };

    private Mandelbrot() {}

    /** The pipeline of one row of tiles. */
    static String row(int row) {
        return """
                connector PixelOut = cluster(topic: "mandelbrot/pixels")

                fn escape(cx: float, cy: float, limit: int) -> int:
                    var zr = 0.0
                    var zi = 0.0
                    var i = 0
                    while i < limit:
                        let r2 = zr * zr
                        let i2 = zi * zi
                        if r2 + i2 > 4.0:
                            return i
                        zi := 2.0 * zr * zi + cy
                        zr := r2 - i2 + cx
                        i := i + 1
                    return limit

                fn tile(x0: int, y0: int, size: int, limit: int):
                    for px in 0..size:
                        for py in 0..size:
                            let n = escape(-2.0 + (x0 + px) * 3.0 / 1000.0, -1.5 + (y0 + py) * 3.0 / 1000.0, limit)
                            emit Pixel(x: x0 + px, y: y0 + py, iterations: n, diverged: n < limit)

                for c in 0..4:
                    context tROW{c}
                    stream TileROW{c} = ComputeTileROW{c}
                        .context(tROW{c})
                        .process(tile({c} * 250, ROW * 250, 250, 256))
                        .to(PixelOut, topic: "mandelbrot/pixels")
                """.replace("ROW", String.valueOf(row));
    }
}
