import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element in pixels, so that a drawing can use all of it without stretching its type. */
export function useWidth<T extends Element>(initial: number): [RefObject<T | null>, number] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    if (!element.current) return;
    const watching = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    watching.observe(element.current);
    return () => watching.disconnect();
  }, []);
  return [element, width];
}
