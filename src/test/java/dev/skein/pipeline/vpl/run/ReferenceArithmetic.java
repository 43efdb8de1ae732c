package dev.skein.pipeline.vpl.run;

import java.math.BigInteger;

/** What the manual says about operators on two values, with big integers. */
final class ReferenceArithmetic {
    private ReferenceArithmetic() {}

    static Object of(String operator, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return ofInts(operator, BigInteger.valueOf(x), BigInteger.valueOf(y));
        }
        if (a instanceof Number x && b instanceof Number y) {
            return ofFloats(operator, x.doubleValue(), y.doubleValue());
        }
        boolean texts = operator.equals("+") && a instanceof String && b instanceof String;
        return texts ? a + "" + b : null;
    }

    private static Object ofInts(String operator, BigInteger a, BigInteger b) {
        boolean zero = b.signum() == 0;
        return switch (operator) {
            case "+" -> whole(a.add(b));
            case "-" -> whole(a.subtract(b));
            case "*" -> whole(a.multiply(b));
            case "/" -> zero ? null : (Object) whole(a.divide(b));
            case "%" -> zero ? null : (Object) whole(a.remainder(b));
            case "**" -> power(a, b);
            case "&" -> whole(a.and(b));
            case "|" -> whole(a.or(b));
            case "^" -> whole(a.xor(b));
            case "<<" -> isShift(b) ? (Object) a.shiftLeft(b.intValue()).longValue() : null;
            default -> isShift(b) ? (Object) whole(a.shiftRight(b.intValue())) : null;
        };
    }

    private static boolean isShift(BigInteger distance) {
        return distance.signum() >= 0 && distance.compareTo(BigInteger.valueOf(64)) < 0;
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return Math.pow(base.doubleValue(), exponent.doubleValue());
        }
        boolean trivial = base.abs().compareTo(BigInteger.ONE) <= 0;
        if (trivial) {
            return base.pow(exponent.signum() == 0 ? 0 : exponent.testBit(0) ? 1 : 2)
                    .longValue();
        }
        return whole(exponent.bitLength() > 7 ? BigInteger.ONE.shiftLeft(100) : base.pow(exponent.intValue()));
    }

    private static long whole(BigInteger value) {
        return value.longValueExact();
    }

    private static Object ofFloats(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> b == 0 ? null : (Object) (a / b);
            case "%" -> b == 0 ? null : (Object) (a % b);
            case "**" -> Math.pow(a, b);
            default -> null;
        };
    }
}
