package dev.skein.cli.demo;

/** The picture's tiles computed in plain Java, as a right cluster would answer them. */
final class Tiles {
    private Tiles() {}

    /** The answer to an inject of {@code ComputeTile<row><column>}. */
    static String answer(String type) {
        int row = type.charAt(type.length() - 2) - '0';
        int column = type.charAt(type.length() - 1) - '0';
        var text = new StringBuilder(6_000_000);
        text.append("{\"routed_to\":\"row").append(row).append("\",\"worker_id\":\"worker-0\",\"matched\":true,");
        text.append("\"worker_response\":{\"accepted\":true,\"output_events\":[");
        for (int place = 0; place < Mandelbrot.TILE * Mandelbrot.TILE; place++) {
            int x = column * Mandelbrot.TILE + place / Mandelbrot.TILE;
            int y = row * Mandelbrot.TILE + place % Mandelbrot.TILE;
            int n = escape(-2.0 + x * 3.0 / 1000.0, -1.5 + y * 3.0 / 1000.0);
            text.append(place == 0 ? "" : ",")
                    .append("{\"event_type\":\"Tile")
                    .append(row)
                    .append(column);
            text.append("\",\"fields\":{\"x\":").append(x).append(",\"y\":").append(y);
            text.append(",\"iterations\":").append(n).append(",\"diverged\":").append(n < Mandelbrot.LIMIT);
            text.append("}}");
        }
        return text.append("],\"output_count\":62500}}").toString();
    }

    private static int escape(double cx, double cy) {
        double zr = 0;
        double zi = 0;
        for (int i = 0; i < Mandelbrot.LIMIT; i++) {
            double r2 = zr * zr;
            double i2 = zi * zi;
            if (r2 + i2 > 4.0) {
                return i;
            }
            zi = 2.0 * zr * zi + cy;
            zr = r2 - i2 + cx;
        }
        return Mandelbrot.LIMIT;
    }
}
