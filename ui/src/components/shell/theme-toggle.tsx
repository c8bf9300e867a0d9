import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";

export function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "light" ? "dark" : "light";
  const Icon = scheme === "light" ? IconMoon : IconSun;
  return (
    <ActionIcon size={30} onClick={() => setColorScheme(other)} aria-label={`Switch to the ${other} theme`} title={`Switch to the ${other} theme`}>
      <Icon size={16} stroke={1.6} />
    </ActionIcon>
  );
}
