/** The sign of the house, as in `lamp.png`; in the page itself, which asks for nothing that it can do without before its first answer. */
export const Lamp = () => (
  <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#16202c" />
    <path d="M10 11h12l-2.5 13h-7z" fill="#f5b83d" />
    <path d="M9 9h14v2H9zM13 6h6v3h-6zM12 25h8v2h-8z" fill="#c9d3de" />
  </svg>
);
