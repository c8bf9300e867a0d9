import { type RefObject, useEffect, useState } from "react";

/** Whether an element is on the screen or within a page of it. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const watching = new IntersectionObserver(([entry]) => entry && setNear(entry.isIntersecting), { rootMargin: "900px 0px" });
    watching.observe(element.current);
    return () => watching.disconnect();
  }, [element]);
  return near;
}
