// The release page: one press chooses for all; writing a moment chooses to reschedule.
for (const button of document.querySelectorAll('[data-all]')) {
  button.addEventListener('click', () => {
    document.querySelectorAll(`.fates input[value="${button.dataset.all}"]`).forEach((one) => { one.checked = true; });
  });
}
document.addEventListener('input', ({ target }) => {
  if (target.matches('.fates [type="datetime-local"]')) target.closest('.fates').querySelector('[value="reschedule"]').checked = true;
});
