-- Whether a matter was opened before, whatever became of it, is asked for each channel every few minutes.
CREATE INDEX attention_of_subject ON attention (kind, subject, created_at);
