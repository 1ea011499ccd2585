# The files of the penguins story.
cp "$EXAMPLES"/penguins/* .
