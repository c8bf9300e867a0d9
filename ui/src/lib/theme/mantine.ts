/** Mantine's theme, made from the tokens: its greys and darks are ours, so that every overlay has the right surface. */
import {
  ActionIcon, Button, createTheme, type CSSVariablesResolver, InputBase, type MantineColorsTuple, Modal, Popover, SegmentedControl, Select, Tooltip,
} from "@mantine/core";

import { cssVariables, palettes, type Scheme, shape } from "./tokens";

const { light, dark } = palettes;

const accent: MantineColorsTuple = [
  light.accentSoft, "#d3e0ff", "#a9c4ff", "#8cb0ff", dark.accent, "#4a7dff", light.accent, light.accentInk, "#12389e", "#0d2a78",
];
const darks: MantineColorsTuple = [
  dark.ink, dark.ink2, dark.ink3, dark.ink3, dark.lineStrong, dark.line, dark.surface, dark.surface, dark.bg, dark.bg,
];
const greys: MantineColorsTuple = [
  light.bg, light.sunken, light.line, light.lineStrong, light.lineStrong, light.ink3, light.ink3, light.ink2, light.ink2, light.ink,
];

const small = { size: "xs" } as const;

export const theme = createTheme({
  fontFamily: shape.font,
  headings: { fontFamily: shape.font, fontWeight: "600" },
  colors: { accent, dark: darks, gray: greys },
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: shape.radiusSmall,
  fontSizes: { xs: "13px", sm: "13px", md: "14px", lg: "15px", xl: "18px" },
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: Button.extend({
      defaultProps: { ...small, variant: "default" },
      styles: { root: { fontWeight: 550 } },
      vars: (_, { variant }) => (variant === "filled" ? { root: { "--button-color": "var(--on-accent)" } } : { root: {} }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    InputBase: InputBase.extend({ defaultProps: small }),
    TextInput: { defaultProps: small },
    NumberInput: { defaultProps: { ...small, hideControls: true } },
    Textarea: { defaultProps: small },
    Select: Select.extend({ defaultProps: { ...small, allowDeselect: false, comboboxProps: { shadow: "md" } } }),
    Switch: { defaultProps: small },
    Checkbox: { defaultProps: small },
    SegmentedControl: SegmentedControl.extend({ defaultProps: { ...small, radius: shape.radiusSmall, withItemsBorders: false } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: shape.radius, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", radius: shape.radius } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, multiline: true, maw: 300, withArrow: true } }),
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables("light"), ...mantineNames("light") },
  dark: { ...cssVariables("dark"), ...mantineNames("dark") },
});

function mantineNames(scheme: Scheme): Record<string, string> {
  const p = palettes[scheme];
  return {
    "--mantine-color-body": p.surface,
    "--mantine-color-text": p.ink,
    "--mantine-color-dimmed": p.ink3,
    "--mantine-color-placeholder": p.ink3,
    "--mantine-color-error": p.bad,
    "--mantine-color-default": p.surface,
    "--mantine-color-default-hover": p.sunken,
    "--mantine-color-default-color": p.ink,
    "--mantine-color-default-border": p.lineStrong,
    "--mantine-color-anchor": p.accentInk,
  };
}
