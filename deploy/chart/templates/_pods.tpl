{{/* What all pods have in common. */}}

{{/*
The beginning of a pod's specification: (dict "root" $ "part" "controller" "role" "core").
serviceAccount: its name, for pods that ask the API server. user: of an image that has one of its own.
*/}}
{{- define "whirl.pod" -}}
{{- $root := .root -}}
serviceAccountName: {{ default "default" .serviceAccount }}
automountServiceAccountToken: {{ hasKey . "serviceAccount" }}
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if ne (default "" .security) "privileged" }}
securityContext:
  runAsNonRoot: true
  {{- $user := ternary .user $root.Values.podSecurity.user (hasKey . "user") }}
  {{- if not (kindIs "invalid" $root.Values.podSecurity.user) }}
  runAsUser: {{ $user }}
  runAsGroup: {{ $user }}
  fsGroup: {{ $user }}
  fsGroupChangePolicy: OnRootMismatch
  {{- end }}
  seccompProfile: {type: RuntimeDefault}
{{- end }}
{{- include "whirl.placing" . }}
{{- end -}}

{{/* Where pods go: to nodes of their role, and replicas apart from each other. */}}
{{- define "whirl.placing" -}}
{{- $values := .root.Values.affinity -}}
{{- $isInvoker := eq .role "invoker" -}}
{{- $spread := and (ne (default "" .kind) "job") (ne $values.spread "none") (not $isInvoker) -}}
{{- if or $values.enabled $spread }}
affinity:
  {{- if and $values.enabled (eq (default "" .nodes) "required") }}
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - {key: openwhisk-role, operator: In, values: [{{ .role }}]}
  {{- else if $values.enabled }}
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 80
        preference:
          matchExpressions:
            - {key: openwhisk-role, operator: In, values: [{{ .role }}]}
  {{- end }}
  {{- if $spread }}
  podAntiAffinity:
    {{- if eq $values.spread "required" }}
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "whirl.selector" (list .root .part) | nindent 12 }}
    {{- else }}
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "whirl.selector" (list .root .part) | nindent 14 }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if $spread }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "whirl.selector" (list .root .part) | nindent 8 }}
{{- end }}
{{- if $values.tolerations }}
tolerations:
  - {key: openwhisk-role, operator: Equal, value: {{ .role }}, effect: NoSchedule}
{{- end }}
{{- end -}}

{{/* What a container may: nothing. */}}
{{- define "whirl.restricted" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end -}}

{{/* An init container that ends when something is there: (dict "root" $ "for" (list "broker") "config" "controller"). */}}
{{- define "whirl.wait" -}}
- name: {{ default "wait" .name }}
  image: {{ include "whirl.serverImage" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  args:
    - wait
    {{- with .config }}
    - --config=/etc/whirl/{{ . }}.conf
    {{- end }}
    {{- range .for }}
    - {{ . }}
    {{- end }}
  {{- with .env }}
  env:
    {{- . | nindent 4 }}
  {{- end }}
  resources:
    requests: {cpu: 50m, memory: 128Mi}
    limits: {memory: 256Mi}
  {{- include "whirl.restricted" .root | nindent 2 }}
  volumeMounts:
    - {name: tmp, mountPath: /tmp}
    {{- if .config }}
    - {name: config, mountPath: /etc/whirl, readOnly: true}
    {{- end }}
    {{- with .mounts }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* The volume with one part's configuration, its file of kinds and templates: (list $ "controller"). */}}
{{- define "whirl.configVolume" -}}
- name: config
  configMap:
    name: {{ include "whirl.name" (list (index . 0) "config") }}
    items:
      - {key: {{ index . 1 }}.conf, path: {{ index . 1 }}.conf}
      {{- if and (index . 0).Values.functions.manifest (has (index . 1) (list "controller" "invoker" "standalone")) }}
      - {key: runtimes.json, path: runtimes.json}
      {{- end }}
      {{- if and (index . 0).Values.functions.podTemplate (has (index . 1) (list "invoker" "standalone")) (include "whirl.hasPods" (index . 0)) }}
      - {key: pod.yaml, path: pod.yaml}
      {{- end }}
{{- end -}}

{{/* Restarts pods whose configuration changed: (list $ "controller"). */}}
{{- define "whirl.configChecksum" -}}
checksum/config: {{ printf "%s%s%s" (include (printf "whirl.conf.%s" (index . 1)) (index . 0)) (index . 0).Values.functions.manifest (index . 0).Values.functions.podTemplate | sha256sum }}
{{- end -}}

{{/* A variable out of a Secret: (list "NAME" "secret" "key"). */}}
{{- define "whirl.secretEnv" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end -}}

{{/* A claim of a stateful set, or a volume that goes with the pod: (dict "name" "data" "persistence" .Values...). */}}
{{- define "whirl.claim" -}}
- metadata:
    name: {{ .name }}
  spec:
    accessModes: [ReadWriteOnce]
    {{- $class := .persistence.storageClass }}
    {{- if not (kindIs "invalid" $class) }}
    storageClassName: {{ ternary "" $class (eq (toString $class) "-") | quote }}
    {{- end }}
    resources:
      requests:
        storage: {{ .size }}
{{- end -}}

{{/*
How a Deployment is rolled: one more pod first; where replicas must be on different nodes there may be no node for it, and
one goes first instead. (list $ replicas)
*/}}
{{- define "whirl.strategy" -}}
{{- $isTight := and (eq (index . 0).Values.affinity.spread "required") (gt (int (index . 1)) 1) -}}
strategy:
  type: RollingUpdate
  rollingUpdate: {maxUnavailable: {{ ternary 1 0 $isTight }}, maxSurge: {{ ternary 0 1 $isTight }}}
{{- end -}}
