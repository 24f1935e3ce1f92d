package org.khokahano.transform.step;

/**
 * Where a step is written.
 *
 * @param mapping the mapping's name
 * @param number its number among the steps, from 1; of a step inside another with its number after a
 *     dot: {@code 3.2}
 * @param what what it does to what, as it is written: {@code set PID-5.1}
 */
public record StepPlace(String mapping, String number, String what) {

    @Override
    public String toString() {
        return "mapping " + mapping + ", step " + number + " (" + what + ")";
    }
}
