package dev.skein.cli.demo;

import static dev.skein.cli.demo.Mandelbrot.LIMIT;
import static dev.skein.cli.demo.Mandelbrot.SIDE;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The picture as a file to look at. */
final class Png {
    private static final int BLACK = 0;
    private static final double GAMMA = 0.55;

    private Png() {}

    static void write(Picture picture, Path file) throws IOException {
        ImageIO.setUseCache(false);
        var palette = palette();
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, palette[picture.at(x, y)]);
            }
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    /** From night blue over warm colours to white, faster at the low end, where most points are; inside is black. */
    private static int[] palette() {
        var colours = new int[LIMIT + 1];
        for (int i = 1; i < LIMIT; i++) {
            double place = Math.pow((double) i / LIMIT, GAMMA);
            float hue = (float) (0.64 - 0.56 * place);
            float saturation = (float) (1 - place * place);
            float brightness = (float) Math.min(1, 0.25 + 1.6 * place);
            colours[i] = Color.HSBtoRGB(hue, saturation, brightness);
        }
        colours[LIMIT] = BLACK;
        return colours;
    }
}
