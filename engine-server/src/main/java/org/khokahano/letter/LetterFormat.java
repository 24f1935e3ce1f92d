package org.khokahano.letter;

import java.util.List;
import org.khokahano.letter.Block.Heading;
import org.khokahano.letter.Block.Items;
import org.khokahano.letter.Block.Paragraph;

/** How a letter is written down. */
public enum LetterFormat {
    TEXT {
        @Override
        String heading(Heading heading) {
            return heading.text() + "\n"
                    + (heading.level() == 1 ? "=" : "-").repeat(heading.text().length()) + "\n\n";
        }

        @Override
        String paragraph(Paragraph paragraph) {
            return folded(paragraph.text(), "") + "\n";
        }

        @Override
        String items(Items items) {
            StringBuilder lines = new StringBuilder();
            for (Items.Item item : items.items()) {
                lines.append(folded(item.name() + ": " + item.text(), "   "));
            }
            return lines.append('\n').toString();
        }
    },
    MARKDOWN {
        @Override
        String heading(Heading heading) {
            return "#".repeat(heading.level()) + ' ' + escaped(heading.text(), "\\", "`*_[]<>|#") + "\n\n";
        }

        @Override
        String paragraph(Paragraph paragraph) {
            return escaped(paragraph.text(), "\\", "`*_[]<>|#") + "\n\n";
        }

        @Override
        String items(Items items) {
            StringBuilder lines = new StringBuilder();
            for (Items.Item item : items.items()) {
                lines.append("- **" + item.name() + "**: " + escaped(item.text(), "\\", "`*_[]<>|#") + "\n");
            }
            return lines.append('\n').toString();
        }
    },
    HTML {
        @Override
        String heading(Heading heading) {
            return "<h" + heading.level() + ">" + html(heading.text()) + "</h" + heading.level() + ">\n";
        }

        @Override
        String paragraph(Paragraph paragraph) {
            return "<p>" + html(paragraph.text()) + "</p>\n";
        }

        @Override
        String items(Items items) {
            StringBuilder lines = new StringBuilder("<ul>\n");
            for (Items.Item item : items.items()) {
                lines.append("<li><b>" + html(item.name()) + "</b>: " + html(item.text()) + "</li>\n");
            }
            return lines.append("</ul>\n").toString();
        }

        @Override
        String whole(String title, String body) {
            return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html(title)
                    + "</title>\n<style>body {max-width: 45em; margin: 2em auto; font-family: sans-serif}</style>\n"
                    + "</head>\n<body>\n" + body + "</body>\n</html>\n";
        }
    };

    private static final int WIDTH = 100;

    /** Writes a letter. */
    public String write(List<Block> blocks) {
        StringBuilder body = new StringBuilder();
        String title = "";
        for (Block block : blocks) {
            if (block instanceof Heading heading) {
                title = title.isEmpty() ? heading.text() : title;
                body.append(heading(heading));
            } else if (block instanceof Paragraph paragraph) {
                body.append(paragraph(paragraph));
            } else if (block instanceof Items items) {
                body.append(items(items));
            }
        }
        return whole(title, body.toString());
    }

    abstract String heading(Heading heading);

    abstract String paragraph(Paragraph paragraph);

    abstract String items(Items items);

    String whole(String title, String body) {
        return body.stripTrailing() + "\n";
    }

    /** Names of facilities come from messages, so that nothing in them may be taken for markup. */
    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String escaped(String text, String by, String special) {
        StringBuilder escaped = new StringBuilder();
        for (char each : text.toCharArray()) {
            escaped.append(special.indexOf(each) >= 0 ? by : "").append(each);
        }
        return escaped.toString();
    }

    private static String folded(String text, String margin) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(margin);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH && line.length() > margin.length()) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(margin);
            }
            line.append(word).append(' ');
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
