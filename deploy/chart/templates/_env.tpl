{{/* Environment: what is secret, and what a pod knows of itself. The names are the settings', see docs/reference. */}}

{{- define "whirl.env.store" -}}
{{ include "whirl.secretEnv" (list "WHIRL_STORE_COUCHDB_USER" (include "whirl.couchdbSecret" .) "username") }}
{{ include "whirl.secretEnv" (list "WHIRL_STORE_COUCHDB_PASSWORD" (include "whirl.couchdbSecret" .) "password") }}
{{- end -}}

{{- define "whirl.env.bus" -}}
{{- if and (eq .Values.kafka.mode "external") (hasPrefix "sasl" .Values.kafka.external.security) -}}
{{ include "whirl.secretEnv" (list "WHIRL_BUS_KAFKA_USER" .Values.kafka.external.existingSecret "username") }}
{{ include "whirl.secretEnv" (list "WHIRL_BUS_KAFKA_PASSWORD" .Values.kafka.external.existingSecret "password") }}
{{- end -}}
{{- end -}}

{{- define "whirl.env.cluster" -}}
{{ include "whirl.env.store" . }}
{{- with include "whirl.env.bus" . }}
{{ . }}
{{- end }}
{{- end -}}

{{- define "whirl.env.encryption" -}}
{{- if .Values.encryption.existingSecret -}}
{{ include "whirl.secretEnv" (list "WHIRL_PARAMETERS_AES_256_KEY" .Values.encryption.existingSecret "aes-256-key") }}
{{- end -}}
{{- end -}}

{{/* The operator of a part: (list $ "CONTROLLER"). */}}
{{- define "whirl.env.operator" -}}
{{ include "whirl.secretEnv" (list (printf "WHIRL_%s_USER" (index . 1)) (include "whirl.operatorSecret" (index . 0)) "username") }}
{{ include "whirl.secretEnv" (list (printf "WHIRL_%s_PASS" (index . 1)) (include "whirl.operatorSecret" (index . 0)) "password") }}
{{- end -}}

{{- define "whirl.env.pod" -}}
- name: WHIRL_SANDBOX_KUBERNETES_POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: WHIRL_SANDBOX_KUBERNETES_POD_UID
  valueFrom: {fieldRef: {fieldPath: metadata.uid}}
{{- end -}}

{{/* Volumes and mounts with certificates to trust. */}}
{{- define "whirl.trustVolumes" -}}
{{- if include "whirl.hasKafkaCertificate" . }}
- name: kafka-trust
  secret:
    secretName: {{ .Values.kafka.external.existingSecret }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- if and .Values.couchdb.external.enabled .Values.couchdb.external.trustConfigMap }}
- name: couchdb-trust
  configMap:
    name: {{ .Values.couchdb.external.trustConfigMap }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- end -}}

{{- define "whirl.trustMounts" -}}
{{- if include "whirl.hasKafkaCertificate" . }}
- {name: kafka-trust, mountPath: /etc/whirl-kafka, readOnly: true}
{{- end }}
{{- if and .Values.couchdb.external.enabled .Values.couchdb.external.trustConfigMap }}
- {name: couchdb-trust, mountPath: /etc/whirl-couchdb, readOnly: true}
{{- end }}
{{- end -}}
