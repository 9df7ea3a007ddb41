-- A guest's word of money whose matter a person has closed waits for nobody.
UPDATE receipt SET state = 'closed', decided_at = (SELECT a.resolved_at FROM attention a WHERE a.id = attention_id),
       decided_by = (SELECT a.resolved_by FROM attention a WHERE a.id = attention_id)
WHERE state = 'open' AND EXISTS (SELECT 1 FROM attention a WHERE a.id = attention_id AND a.resolved_at IS NOT NULL);
