-- The authority decides a part of what the rules suspect: everything that is ready in two
-- subdistricts, one candidate for an exemption with a note, and one decision taken back.
\set ON_ERROR_STOP on
SET search_path = heping, inefficient_land, public;

SELECT array_agg(DISTINCT parcel_id) AS chosen FROM suspected_land WHERE ready AND subdistrict IN ('120101002', '120101006') \gset
CALL determine('heping', decided_by => '示例区人民政府', document_number => '示例政〔2024〕1号', decided_on => '2024-03-15', parcel_id => :'chosen');

SELECT parcel_id AS chosen FROM suspected_land WHERE 'exemption_candidate' = ANY (flags) AND subdistrict = '120101001' ORDER BY parcel_code LIMIT 1 \gset
CALL determine('heping', decided_by => '示例区人民政府', document_number => '示例政〔2024〕2号', decided_on => '2024-03-20', parcel_id => ARRAY[:chosen], note => '业主未申请豁免(示例)');

-- The first of the decisions is taken back: suspected again, with its history.
SELECT id AS chosen FROM inefficient_land WHERE subdistrict IN ('120101002', '120101006') ORDER BY parcel_code, family LIMIT 1 \gset
CALL revoke_determination('heping', :chosen, decided_by => '示例区人民政府', note => '经复核撤销(示例)', document_number => '示例政〔2024〕3号', decided_on => '2024-04-02');
